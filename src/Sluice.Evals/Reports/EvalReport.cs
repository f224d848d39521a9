using System.Text.Json;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Reports.Html;
using Sluice.Evals.Reports.JUnit;
using Sluice.Evals.Reports.Markdown;

namespace Sluice;

/// <summary>Reports of evals. All are UTF-8 and leave the stream open. What agents and models wrote is shown as text, whatever it holds.</summary>
public static class EvalReport
{
    /// <summary>Writes JUnit XML, as GitHub, GitLab and Jenkins read it: the dataset is a suite, each case a test.</summary>
    /// <remarks>A case that did not pass is a failure; one with samples that could not be run or judged is an error.</remarks>
    public static Task WriteJUnitAsync(EvalArtifact artifact, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(stream);
        return JUnitReport.WriteAsync(artifact, stream, cancellationToken);
    }

    /// <summary>Writes Markdown, such as for the summary of a build or a comment on a pull request.</summary>
    public static Task WriteMarkdownAsync(EvalArtifact artifact, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(stream);
        return WriteTextAsync(MarkdownReport.Of(artifact), stream, cancellationToken);
    }

    /// <summary>Writes Markdown of what changed between two evals.</summary>
    public static Task WriteMarkdownAsync(EvalComparison comparison, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(stream);
        return WriteTextAsync(MarkdownComparison.Of(comparison), stream, cancellationToken);
    }

    /// <summary>Writes what changed between two evals as indented JSON.</summary>
    public static Task WriteJsonAsync(EvalComparison comparison, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(stream);
        return JsonSerializer.SerializeAsync(stream, comparison, EvalJson.Indented, cancellationToken);
    }

    /// <summary>Writes a page that shows everything, down to the calls of each sample. One file, which loads nothing from anywhere.</summary>
    public static Task WriteHtmlAsync(EvalArtifact artifact, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(stream);
        return HtmlReport.WriteAsync(artifact, stream, cancellationToken);
    }

    private static async Task WriteTextAsync(string text, Stream stream, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(stream, leaveOpen: true);
        await using (writer.ConfigureAwait(false)) await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
