using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>Tells the client how far a call is, when it asked to be told.</summary>
internal sealed class CallProgress(McpServer server, ProgressToken? token)
{
    private const float WithinAPhase = 0.001f;

    private float? _last;

    public async ValueTask ReportAsync(ToolProgressEvent step, CancellationToken cancellationToken)
    {
        if (token is not { } wanted) return;
        var progress = new ProgressNotificationValue { Progress = Advance(step.PhaseIndex), Total = step.TotalPhases, Message = step.Label };
        await server.NotifyProgressAsync(wanted, progress, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How far the call is. The protocol wants every number to be greater than the one before, also within a phase.</summary>
    internal float Advance(int? phase)
    {
        var next = _last is { } last ? last + (phase is null ? 1 : WithinAPhase) : 0;
        var reached = Math.Max(phase ?? 0, next);
        _last = reached;
        return reached;
    }
}
