using System.Text.Json;

namespace Sluice.Data.Reading;

/// <summary>An object of a file, read by key in either spelling. What is wrong with it is reported, and read as if it were not there.</summary>
internal sealed class SettingsObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly SettingsProblems _problems;
    private readonly string _path;

    public SettingsObject(JsonElement value, string path, IReadOnlyCollection<string> known, SettingsProblems problems)
    {
        (_path, _problems) = (path, problems);
        foreach (var member in value.EnumerateObject())
        {
            var name = known.FirstOrDefault(key => key == member.Name || JsonNamingPolicy.SnakeCaseLower.ConvertName(key) == member.Name);
            if (name is null) problems.AddUnknownKey(path, member.Name, known);
            else if (!_values.TryAdd(name, member.Value))
                problems.Add(SpecErrorCodes.DuplicateProperty, PathOf(name), $"\"{name}\" is given twice, once as \"{member.Name}\". Keep one.");
        }
    }

    public bool Has(string key) => _values.TryGetValue(key, out var value) && value.ValueKind != JsonValueKind.Null;

    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    public string? Text(string key)
    {
        if (Find(key, "a text", JsonValueKind.String) is not { } value) return null;
        var text = value.GetString()!;
        if (!string.IsNullOrWhiteSpace(text)) return text;
        _problems.Add(SpecErrorCodes.InvalidValue, PathOf(key), $"\"{key}\" is blank. Give it a value, or leave it out.");
        return null;
    }

    public bool? Flag(string key) => Find(key, "true or false", JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

    public SettingsObject? Object(string key, IReadOnlyCollection<string> known) =>
        Find(key, "an object", JsonValueKind.Object) is { } value ? new(value, PathOf(key), known, _problems) : null;

    public IReadOnlyList<JsonElement>? List(string key) => Find(key, "a list", JsonValueKind.Array) is { } value ? [.. value.EnumerateArray()] : null;

    private JsonElement? Find(string key, string expected, params JsonValueKind[] kinds)
    {
        if (!Has(key)) return null;
        var value = _values[key];
        if (kinds.Contains(value.ValueKind)) return value;
        _problems.Add(SpecErrorCodes.WrongType, PathOf(key), $"\"{key}\" is to be {expected}.");
        return null;
    }
}
