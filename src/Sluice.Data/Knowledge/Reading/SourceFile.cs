namespace Sluice.Data.Knowledge.Reading;

/// <summary>Something that was found in the source directory.</summary>
/// <param name="Path">Relative to the directory, with <c>/</c> between folders.</param>
/// <param name="FullPath">Where it is.</param>
internal sealed record SourceFile(string Path, string FullPath)
{
    /// <summary>Why it is passed over; null when it is to be read.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Why it cannot be looked at; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it is read as Markdown.</summary>
    public bool IsMarkdown => System.IO.Path.GetExtension(Path).ToUpperInvariant() is ".MD" or ".MARKDOWN";
}
