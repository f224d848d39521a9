using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>What an eval is to run.</summary>
public sealed record EvalRequest
{
    /// <summary>The cases.</summary>
    public required EvalDataset Dataset { get; init; }

    /// <summary>How they are run and scored; null: what the dataset says, else the defaults.</summary>
    public EvalConfig? Config { get; init; }

    /// <summary>The eval's id; null: a new one, or that of the interrupted eval in <see cref="ArtifactFolder"/>.</summary>
    public string? EvalRunId { get; init; }

    /// <summary>
    /// Where samples are kept as they end, and the artifact when all have. An interrupted eval goes on from there: samples that ended are not
    /// run again. Null: everything stays in memory.
    /// </summary>
    public string? ArtifactFolder { get; init; }

    /// <summary>
    /// What each sample runs on, for samples that must not see each other's data; null: all run on the runtime that the eval was begun on, each
    /// on its own thread.
    /// </summary>
    public Func<EvalSample, CancellationToken, Task<EvalSubject>>? Subjects { get; init; }

    /// <summary>Who judges; null: the config's model, through the runtime. The caller disposes it.</summary>
    public IChatClient? JudgeClient { get; init; }

    /// <summary>Whether <see cref="TestCase.Script"/> is run in the input's place, where the interpreter is a script. Default: false.</summary>
    public bool UseScripts { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
