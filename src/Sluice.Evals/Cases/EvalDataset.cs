using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Evals.Artifacts;
using Sluice.Json;

namespace Sluice;

/// <summary>Cases that belong together.</summary>
public sealed record EvalDataset
{
    /// <summary>What it is called. Non-blank.</summary>
    public required string Name { get; init; }

    /// <summary>The cases; at least one, with different ids.</summary>
    public required IReadOnlyList<TestCase> Cases { get; init; }

    /// <summary>How it is run when nobody says otherwise; null: the defaults.</summary>
    public EvalConfig? Config { get; init; }

    /// <summary>The app that is tested, as <c>sluice --app</c> takes it, relative to the file; null: whoever runs it says.</summary>
    public string? App { get; init; }

    /// <summary>SHA-256, in lower-case hex, of the canonical JSON of the cases: two datasets with the same cases share it, whatever file they are in.</summary>
    [JsonIgnore]
    public string ContentHash => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.ToUtf8(JsonSerializer.SerializeToElement(Cases, EvalJson.Options))));
}
