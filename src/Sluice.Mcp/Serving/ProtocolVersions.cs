using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>
/// The versions of the protocol that are served: those with a handshake and requests of the server to the client. In the version without them
/// (2026-07-28) a question to the user ends the call's answer, and what became of the call is only told to a client that repeats it: a question
/// that is decided elsewhere, or never answered, would leave the call open and its result untold.
/// </summary>
internal static class ProtocolVersions
{
    private const string Latest = "2025-11-25";

    public static IReadOnlyList<string> All { get; } = ["2025-03-26", "2025-06-18", Latest];

    /// <summary>Has a server refuse other versions, whereupon clients begin with the handshake, and there answer with the one that was asked for or the latest.</summary>
    public static void Restrict(McpServerOptions options)
    {
        options.ProtocolVersion = Latest;
        // The SDK restricts a server to one version, and reads it again when it answers the handshake.
        options.Filters.Message.IncomingFilters.Add(next => (context, cancellationToken) =>
        {
            if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.Initialize } request) options.ProtocolVersion = Choose(request.Params);
            return next(context, cancellationToken);
        });
    }

    private static string Choose(JsonNode? initialize) =>
        initialize is JsonObject asked && asked["protocolVersion"] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            && All.FirstOrDefault(version => version == value.GetValue<string>()) is { } known ? known : Latest;
}
