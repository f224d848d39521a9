using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Tools;

/// <summary>What a handler sees of its call.</summary>
internal sealed class CallContext(
    ToolCall call, TenantSpec tenant, IServiceProvider services, TenantReferences references, CancellationToken cancellationToken)
    : ToolContext, IProgress<ToolProgress>
{
    private readonly Lock _gate = new();
    private Task _emitted = Task.CompletedTask;
    private bool _isClosed;

    public override string ToolUseId => call.Id;

    public override string RunId => call.Frame.Run.RunId;

    public override string ThreadId => call.Frame.Run.ThreadId;

    public override string Agent => call.Frame.Agent.Name;

    public override TenantSpec Tenant => tenant;

    public override IServiceProvider Services => services;

    public override IReferences References => field ??= new RecordedReferences(references, call.Frame.Run.Journal, call.Key, RecordAsync);

    public override IProgress<ToolProgress> Progress => this;

    public override int Attempt => call.Attempt;

    public override string IdempotencyKey => field ??= KeyOf(RunId, call.Key);

    public override CancellationToken CancellationToken => cancellationToken;

    public override void Emit(string eventType, JsonElement data)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        Append(new CustomEvent { EventType = eventType, Data = SluiceJson.Detach(data) });
    }

    public override void RegisterFile(string name, string mediaType, ReferenceHandle reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(mediaType);
        ArgumentNullException.ThrowIfNull(reference);
        Append(new FileRegisteredEvent { Name = name, MediaType = mediaType, Reference = reference });
    }

    void IProgress<ToolProgress>.Report(ToolProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(new ToolProgressEvent
        {
            ToolInvocationId = ToolUseId,
            ToolName = call.Tool!.Name,
            Label = value.Label,
            PhaseIndex = value.PhaseIndex,
            TotalPhases = value.TotalPhases,
            Milestone = value.Milestone,
        });
    }

    /// <summary>Completes when everything the handler emitted is recorded.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
            return _emitted;
    }

    /// <summary>The call is over: what an abandoned handler still says has no place in the run.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    /// <summary>A key that names one step of one run, whoever runs it and however often.</summary>
    public static string KeyOf(string runId, string stepKey) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}\n{stepKey}")).AsSpan(0, 16));

    private ValueTask RecordAsync(string key, JournalData data)
    {
        lock (_gate)
        {
            return _isClosed
                ? ValueTask.FromException(new SluiceException(ErrorCodes.Cancelled, $"Call '{ToolUseId}' is over; it can record nothing any more."))
                : call.Frame.Run.Journal.AppendAsync(key, Agent, data);
        }
    }

    private void Append(RuntimeEvent emitted)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            // The journal keeps the order in which it is called; the last append is stored after all before it.
            var appended = call.Frame.Run.Journal.EmitAsync(call.Key, Agent, emitted);
            if (!appended.IsCompletedSuccessfully) _emitted = Task.WhenAll(_emitted, appended.AsTask());
        }
    }
}
