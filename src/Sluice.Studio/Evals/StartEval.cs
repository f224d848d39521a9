namespace Sluice.Studio.Evals;

/// <summary>What to run. Without tests, tag and path: all tests that are kept here.</summary>
internal sealed record StartEval
{
    /// <summary>What it is called, at most 200 characters; null: as its dataset.</summary>
    public string? Name { get; init; }

    /// <summary>These tests.</summary>
    public IReadOnlyList<string>? Tests { get; init; }

    /// <summary>The tests with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>The dataset of a file (<c>.json</c>, <c>.yaml</c>) on the machine that serves Studio.</summary>
    public string? DatasetPath { get; init; }

    /// <summary>How they are run and scored; null: as the dataset says, else the defaults.</summary>
    public EvalConfig? Config { get; init; }

    /// <summary>Whether scripts of cases are run in their inputs' place, where a script answers instead of a model.</summary>
    public bool UseScripts { get; init; }
}
