namespace Sluice.Cli.Output;

/// <summary>What an event means for somebody who waits.</summary>
internal sealed record ProgressStep
{
    /// <summary>How many steps there are in all; null where the event does not say.</summary>
    public int? Total { get; init; }

    /// <summary>How many more steps are done with it. Default: 0.</summary>
    public int Done { get; init; }

    /// <summary>How many steps are done in all; null where the event says only how many more.</summary>
    public int? Reached { get; init; }

    /// <summary>What is being worked on, in a few words; null: as before.</summary>
    public string? Current { get; init; }

    /// <summary>A line to keep; null: none.</summary>
    public string? Line { get; init; }

    /// <summary>Whether the line tells of something that went wrong, and so is kept where there is a bar too.</summary>
    public bool IsProblem { get; init; }
}
