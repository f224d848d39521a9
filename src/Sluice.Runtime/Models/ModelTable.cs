using System.Collections.Concurrent;
using System.Text.Json;
using Sluice.Runtime.Models;

namespace Sluice;

/// <summary>Prices and limits of models. Immutable and thread-safe.</summary>
/// <remarks>
/// The built-in table is a convenience and dated: list prices as public documentation gave them on <see cref="AsOf"/>, without discounts and
/// surcharges. Models whose price depends on the length of the prompt are not in it. Use <see cref="With"/> or a table of your own where
/// it matters.
/// </remarks>
public sealed class ModelTable
{
    // Names come from providers and specs; a bound keeps a stream of made-up ones from filling the memory.
    private const int MaxResolved = 1000;

    private static readonly Lazy<ModelTable> BuiltIn = new(LoadBuiltIn);
    private readonly Dictionary<string, ModelInfo> _byId;
    private readonly ConcurrentDictionary<string, ModelInfo?> _resolved = new(StringComparer.Ordinal);

    internal ModelTable(DateOnly asOf, IReadOnlyList<ModelInfo> models)
    {
        (AsOf, Models) = (asOf, models);
        _byId = models.ToDictionary(model => model.Id, StringComparer.Ordinal);
    }

    /// <summary>The table that comes with this build.</summary>
    public static ModelTable Default => BuiltIn.Value;

    /// <summary>The day on which the table was made.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The models, in the table's order.</summary>
    public IReadOnlyList<ModelInfo> Models { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="json">
    /// <c>{"asOf": "2026-01-31", "currency": "USD", "models": [{"id": …, "inputPerMillion": …}]}</c>, with the members of
    /// <see cref="ModelInfo"/> in camelCase.
    /// </param>
    /// <exception cref="SpecValidationException">The text is no table (<c>invalid_model_table</c>); all problems are listed.</exception>
    public static ModelTable FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ModelTableReader.Read(json, "");
    }

    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SpecValidationException">The file is no table (<c>invalid_model_table</c>); all problems are listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelTable Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelTableReader.Read(File.ReadAllText(path), path);
    }

    /// <summary>Finds a model.</summary>
    /// <param name="modelId">
    /// Its id; a date or <c>-latest</c> at the end does not matter when there is no such id, and neither does the vendor in front
    /// (<c>anthropic.claude-…-v1:0</c>, <c>openai/…</c>, <c>models/…</c>).
    /// </param>
    /// <returns>The model; null when the table does not have it. One model is never taken for another that is named alike.</returns>
    public ModelInfo? Find(string modelId)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        if (_byId.TryGetValue(modelId, out var model) || _resolved.TryGetValue(modelId, out model)) return model;
        foreach (var candidate in ModelNames.Candidates(modelId))
        {
            if (_byId.TryGetValue(candidate, out model)) break;
        }

        if (_resolved.Count < MaxResolved) _resolved[modelId] = model;
        return model;
    }

    /// <summary>A table that also has these models. They replace those of the same id.</summary>
    /// <param name="models">The models.</param>
    /// <exception cref="SpecValidationException">A model is not valid (<c>invalid_model_table</c>); all problems are listed.</exception>
    public ModelTable With(params IReadOnlyList<ModelInfo> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var ids = models.Select(model => model.Id).ToHashSet(StringComparer.Ordinal);
        // What is added is held to the rules that a table in JSON is held to.
        ModelTableReader.Read(new ModelTable(AsOf, [.. models.DistinctBy(model => model.Id)]).ToJson(), "");
        ModelTableReader.RefuseDuplicates(models, "");
        return new(AsOf, [.. Models.Where(model => !ids.Contains(model.Id)), .. models]);
    }

    /// <summary>The table as JSON that <see cref="FromJson"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(ModelTableDocument.Of(this), ModelTableDocument.Options);

    private static ModelTable LoadBuiltIn()
    {
        using var stream = typeof(ModelTable).Assembly.GetManifestResourceStream("models.json")!;
        using var reader = new StreamReader(stream);
        return FromJson(reader.ReadToEnd());
    }
}
