using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Sluice.Evals.Artifacts;

namespace Sluice.Evals.Reports.Html;

/// <summary>
/// An artifact as one page. What was recorded stands in it as JSON, which the page's script shows as text; no other script may run, and
/// nothing may be loaded.
/// </summary>
internal static class HtmlReport
{
    // In the order in which they build on each other.
    private static readonly string[] Scripts = ["dom.js", "sample.js", "overview.js", "report.js"];

    private static readonly Lazy<string> Style = new(() => Resource("report.css"));
    private static readonly Lazy<string> Script = new(() => string.Concat(Scripts.Select(Resource)));

    // Nothing in the JSON can end the element that it stands in: the encoder escapes every "<".
    private static readonly JsonSerializerOptions Embedded = new(EvalJson.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static async Task WriteAsync(EvalArtifact artifact, Stream stream, CancellationToken cancellationToken)
    {
        var (head, tail) = Frame(artifact);
        await WriteAsync(stream, head, cancellationToken).ConfigureAwait(false);
        await WriteJsonAsync(stream, "overview", ReportOverview.Of(artifact), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < artifact.Cases.Count; i++)
            await WriteJsonAsync(stream, $"case-{i}", artifact.Cases[i], cancellationToken).ConfigureAwait(false);
        await WriteAsync(stream, tail, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What stands before the data and after it.</summary>
    private static (string Head, string Tail) Frame(EvalArtifact artifact)
    {
        var policy = $"default-src 'none'; img-src data:; script-src '{HashOf(Script.Value)}'; style-src '{HashOf(Style.Value)}'; base-uri 'none'; form-action 'none'";
        // The title comes last: it is not ours.
        var parts = Resource("report.html").Split("{{data}}");
        return (
            parts[0].Replace("{{policy}}", policy, StringComparison.Ordinal).Replace("{{style}}", Style.Value, StringComparison.Ordinal)
                .Replace("{{title}}", WebUtility.HtmlEncode(artifact.DatasetName), StringComparison.Ordinal),
            parts[1].Replace("{{script}}", Script.Value, StringComparison.Ordinal));
    }

    private static async Task WriteJsonAsync<T>(Stream stream, string id, T value, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, $"<script type=\"application/json\" id=\"data-{id}\">", cancellationToken).ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(stream, value, Embedded, cancellationToken).ConfigureAwait(false);
        await WriteAsync(stream, "</script>\n", cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask WriteAsync(Stream stream, string text, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"report/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Browsers hash what they parsed, in which a line ends with one character.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
