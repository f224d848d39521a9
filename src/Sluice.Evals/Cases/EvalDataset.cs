using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Datasets;
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

    /// <summary>Reads a dataset from a file: <c>.json</c>, <c>.yaml</c> or <c>.yml</c>, at most 64 MiB. One without a name is called as the file is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SpecValidationException">The file cannot be read, or has problems (<c>invalid_eval</c>); all of them are listed.</exception>
    public static Task<EvalDataset> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return DatasetReader.ReadAsync(path, cancellationToken);
    }

    /// <summary>
    /// Reads a dataset: an object with <c>cases</c>, or a list of cases. Keys are in camelCase or snake_case; a call that is a plain text stands for
    /// a tool; an action has its <c>kind</c> (or <c>type</c>) and its other members beside it or in <c>payload</c>.
    /// </summary>
    /// <param name="text">The text, nested at most 64 deep.</param>
    /// <param name="isYaml">Whether it is YAML: plain mappings, lists and values. Default: false, it is JSON.</param>
    /// <param name="name">What it is called when it does not say so itself.</param>
    /// <exception cref="SpecValidationException">It has problems (<c>invalid_eval</c>); all of them are listed.</exception>
    public static EvalDataset Parse(string text, bool isYaml = false, string name = "dataset")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return DatasetReader.Parse(text, isYaml, name);
    }

    /// <summary>The dataset as indented JSON, which <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvalJson.Indented);
}
