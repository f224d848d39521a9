using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.ModelServer.Anthropic;

/// <summary>Answers of the Messages API in bytes.</summary>
public static class AnthropicResponses
{
    /// <summary>A turn as the request asks for it: as events or as one message.</summary>
    /// <param name="request">The request.</param>
    /// <param name="turn">What is said.</param>
    public static ServedResponse To(AnthropicRequest request, ServedTurn turn) =>
        request.IsStreaming ? Stream(AnthropicEvents.Of(turn, request.Model)) : Message(turn, request.Model);

    /// <summary>A stream of events.</summary>
    /// <param name="events">The events.</param>
    public static ServedResponse Stream(IEnumerable<AnthropicEvent> events) => Stream(string.Concat(events));

    /// <summary>A stream of server-sent events, as text.</summary>
    /// <param name="text">The text.</param>
    public static ServedResponse Stream(string text) => new() { ContentType = "text/event-stream", Body = Encoding.UTF8.GetBytes(text), Headers = RequestId };

    /// <summary>A turn as one message.</summary>
    /// <param name="turn">What is said.</param>
    /// <param name="model">The model that was asked for.</param>
    public static ServedResponse Message(ServedTurn turn, string model) => Json(200, AnthropicMessage.Of(turn, model));

    /// <summary>An error.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">The error's type, such as <c>overloaded_error</c>.</param>
    /// <param name="message">Its message.</param>
    /// <param name="headers">Headers, such as <c>retry-after</c>.</param>
    public static ServedResponse Error(int status, string type, string message, params IReadOnlyList<(string Name, string Value)> headers)
    {
        var response = Json(status, new()
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
            ["request_id"] = "req_local",
        });
        return response with { Headers = headers.Append(("request-id", "req_local")).ToDictionary(header => header.Item1, header => header.Item2) };
    }

    private static Dictionary<string, string> RequestId => new() { ["request-id"] = "req_local" };

    private static ServedResponse Json(int status, JsonObject body) =>
        new() { Status = status, ContentType = "application/json", Body = Encoding.UTF8.GetBytes(body.ToJsonString()), Headers = RequestId };
}
