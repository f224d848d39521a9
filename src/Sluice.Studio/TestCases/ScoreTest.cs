using System.Text.Json;

namespace Sluice.Studio.TestCases;

/// <summary>A case and a run to try it on.</summary>
internal sealed record ScoreTest
{
    /// <summary>The case, as datasets have it; it need not be kept.</summary>
    public required JsonElement Case { get; init; }

    /// <summary>The run, which has ended.</summary>
    public required string RunId { get; init; }

    /// <summary>How it is scored; null: the defaults.</summary>
    public EvalConfig? Config { get; init; }
}
