using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sluice.Json;

namespace Sluice.Mcp.Serving;

/// <summary>The tenant's references as resources. They are found by their handles, which tools return; they are not listed.</summary>
internal sealed class ServedReferences(IAgentRuntime runtime, bool values)
{
    private const string Prefix = "sluice://reference/";
    private const string MimeType = "application/json";

    public ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates =
        [
            new()
            {
                Name = "reference",
                UriTemplate = Prefix + "{kind}/{id}",
                MimeType = MimeType,
                Description = values
                    ? "The value behind a handle {kind, id} that a tool returned."
                    : "What is known of the value behind a handle {kind, id} that a tool returned: its size, its age and a glimpse of it.",
            },
        ],
    };

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? "";
        var handle = Parse(uri) ?? throw NotFound($"There is no resource '{uri}'. Resources are {Prefix}{{kind}}/{{id}}.");
        try
        {
            var content = values
                ? await runtime.ResolveReferenceAsync(handle, cancellationToken).ConfigureAwait(false)
                : JsonSerializer.SerializeToElement(await runtime.ReferenceGlimpseAsync(handle, cancellationToken).ConfigureAwait(false), SluiceJson.Options);
            return new() { Contents = [new TextResourceContents { Uri = uri, MimeType = MimeType, Text = content.GetRawText() }] };
        }
        catch (SluiceException exception) when (exception.Code is ErrorCodes.ReferenceNotFound or ErrorCodes.ReferenceExpired or ErrorCodes.UnknownReferenceKind)
        {
            throw NotFound(exception.Message);
        }
    }

    private static ReferenceHandle? Parse(string uri)
    {
        if (!uri.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = uri[Prefix.Length..].Split('/');
        return parts is [{ Length: > 0 } kind, { Length: > 0 } id] ? new() { Kind = Uri.UnescapeDataString(kind), Id = Uri.UnescapeDataString(id) } : null;
    }

    private static McpProtocolException NotFound(string message) => new(message, McpErrorCode.ResourceNotFound);
}
