namespace Sluice.Journal;

/// <summary>The claim on a call: from here on its effect may have happened.</summary>
public sealed record ToolStartedData : JournalData
{
    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    public required int Attempt { get; init; }
}
