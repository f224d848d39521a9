namespace Sluice.Studio.TestCases;

/// <summary>How to try a case.</summary>
internal sealed record TryTest
{
    /// <summary>How it is scored; null: the defaults. It is run once, whatever it says.</summary>
    public EvalConfig? Config { get; init; }

    /// <summary>Whether its script is run in the input's place, where a script answers instead of a model.</summary>
    public bool UseScripts { get; init; }
}
