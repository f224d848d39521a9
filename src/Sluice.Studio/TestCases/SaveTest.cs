using System.Text.Json;

namespace Sluice.Studio.TestCases;

/// <summary>A test case as it is to be.</summary>
internal sealed record SaveTest
{
    /// <summary>The version that was seen; 0: there is none yet; null: whatever there is.</summary>
    public long? Version { get; init; }

    /// <summary>The case, as datasets have it; see docs/guides/evals-datasets.md.</summary>
    public required JsonElement Case { get; init; }
}
