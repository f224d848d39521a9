using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>Calls one tool of a server. A call is made once: whether one that broke off is made again, its caller decides.</summary>
internal sealed class ServerTool(ConnectedServer server, string name) : ToolHandler
{
    public override async ValueTask<JsonElement> InvokeAsync(JsonElement arguments, ToolContext context)
    {
        var connection = await server.ConnectForAsync(name, context.CancellationToken).ConfigureAwait(false);
        var token = connection.Follow(new ProgressReports(context.Progress).Report);
        var parameters = new JsonObject
        {
            ["name"] = name,
            ["arguments"] = JsonObject.Create(arguments),
            ["_meta"] = new JsonObject { ["progressToken"] = token },
        };
        try
        {
            return CallResult.Read(await connection.RequestAsync(RequestMethods.ToolsCall, parameters, context.CancellationToken).ConfigureAwait(false));
        }
        catch (McpProtocolException exception)
        {
            throw new SluiceException(ErrorCodes.ToolFailed, ServerText.Lines(exception.Message, ConsumingLimits.ErrorLength), exception);
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.McpServerUnavailable)
        {
            throw new SluiceException(exception.Code, $"{exception.Message} The call was under way: its effect may have happened.", exception);
        }
        finally
        {
            connection.Unfollow(token);
        }
    }

    /// <summary>Passes on what a server says of a call's progress, as far as anybody would read it.</summary>
    private sealed class ProgressReports(IProgress<ToolProgress> progress)
    {
        private int _count;

        public void Report(ServerProgress reported)
        {
            if (Interlocked.Increment(ref _count) <= ConsumingLimits.ProgressEvents) progress.Report(reported.ToToolProgress());
        }
    }
}
