using System.Net;
using System.Text;
using System.Text.Json;

namespace Sluice.Studio.Docs;

/// <summary>The OpenAPI document as a page for people. It needs no script.</summary>
internal static class DocsPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Sluice Studio API</title>
        <style>
        body { font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h2 { margin-top: 2rem; text-transform: capitalize; }
        summary { cursor: pointer; padding: .25rem 0; overflow-wrap: anywhere; }
        code { font: 13px/1.5 ui-monospace, monospace; }
        .method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
        dl { margin: .25rem 0 1rem 1.5rem; } dd { margin-left: 1.5rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>Sluice Studio API</h1>
        <p>The same as a document for programs: <a href="openapi.json">openapi.json</a>. Errors are problem details (RFC 9457) with a stable <code>code</code>.
        Writes from a browser carry the header <code>X-Sluice-Page-Token</code>, whose value <code>GET /api/status</code> tells.</p>

        """;

    public static string Write(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        var page = new StringBuilder(Head);
        var operations = json.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (Path: path.Name, Method: operation.Name, Operation: operation.Value));
        foreach (var group in operations.GroupBy(operation => Tag(operation.Operation), StringComparer.Ordinal))
        {
            page.Append("<h2>").Append(Html(group.Key)).Append("</h2>\n");
            foreach (var (path, method, operation) in group) Write(page, path, method, operation);
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder page, string path, string method, JsonElement operation)
    {
        page.Append("<details><summary><span class=\"method\">").Append(Html(method.ToUpperInvariant())).Append("</span> <code>").Append(Html(path))
            .Append("</code> ").Append(Html(Text(operation, "summary"))).Append("</summary>\n<dl>\n");
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray())
                Write(page, $"{Text(parameter, "name")} ({Text(parameter, "in")})", Text(parameter, "description"));
        }

        if (operation.TryGetProperty("requestBody", out var body)) Write(page, "body", SchemaOf(body));
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
            Write(page, response.Name, $"{Text(response.Value, "description")} {SchemaOf(response.Value)}");
        page.Append("</dl></details>\n");
    }

    private static void Write(StringBuilder page, string term, string description) =>
        page.Append("<dt><code>").Append(Html(term)).Append("</code></dt><dd>").Append(Html(description)).Append("</dd>\n");

    /// <summary>The media types of a body, with the names of their types.</summary>
    private static string SchemaOf(JsonElement body) => body.TryGetProperty("content", out var content)
        ? string.Join(", ", content.EnumerateObject().Select(media => $"{media.Name}: {NameOf(media.Value)}"))
        : "";

    private static string NameOf(JsonElement media) => !media.TryGetProperty("schema", out var schema) ? "text"
        : schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1]
        : schema.TryGetProperty("items", out var items) && items.TryGetProperty("$ref", out var item) ? $"{item.GetString()!.Split('/')[^1]}[]"
        : "JSON";

    private static string Tag(JsonElement operation) => operation.TryGetProperty("tags", out var tags) ? tags[0].GetString()! : "";

    private static string Text(JsonElement value, string member) => value.TryGetProperty(member, out var text) ? text.GetString() ?? "" : "";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
