using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>An approval request put to the client's user as a form.</summary>
internal sealed class UserQuestion(McpServer server, string tool, ApprovalRequiredEvent required)
{
    private const string Decision = "decision";
    private const string Comment = "comment";
    private const string Approve = "approve";
    private const string Reject = "reject";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Asks, and waits for the answer; takes the question back when the token ends before.</summary>
    public async Task<(ApprovalOutcome Outcome, string? Feedback)> AskAsync(CancellationToken cancellationToken)
    {
        ElicitResult told;
        try
        {
            told = await AskOrWithdrawAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is McpException or JsonException)
        {
            return (ApprovalOutcome.Reject, "the client could not ask its user");
        }

        if (!told.IsAccepted) return (ApprovalOutcome.Reject, $"the user did not answer ({told.Action})");
        return (TextOf(told, Decision) == Approve ? ApprovalOutcome.Approve : ApprovalOutcome.Reject, TextOf(told, Comment));
    }

    private async Task<ElicitResult> AskOrWithdrawAsync(CancellationToken cancellationToken)
    {
        var request = new JsonRpcRequest
        {
            Id = new(required.Id),
            Method = RequestMethods.ElicitationCreate,
            Params = JsonSerializer.SerializeToNode(Form(), McpJsonUtilities.DefaultOptions),
        };
        try
        {
            var response = await server.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
            return response.Result.Deserialize<ElicitResult>(McpJsonUtilities.DefaultOptions) ?? throw new JsonException("The answer is null.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The SDK stops waiting, but does not tell the client.
            await server.SendNotificationAsync(
                NotificationMethods.CancelledNotification,
                new CancelledNotificationParams { RequestId = request.Id, Reason = "The question is not open any more." },
                cancellationToken: CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static string? TextOf(ElicitResult result, string field) =>
        result.Content is { } content && content.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private ElicitRequestParams Form() => new()
    {
        Message = $"'{tool}' needs your approval of '{required.Target}':\n{JsonSerializer.Serialize(required.Payload, Indented)}",
        RequestedSchema = new()
        {
            Properties =
            {
                [Decision] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Decision", Enum = [Approve, Reject] },
                [Comment] = new ElicitRequestParams.StringSchema { Title = "Comment", Description = "What the caller should know." },
            },
            Required = [Decision],
        },
    };
}
