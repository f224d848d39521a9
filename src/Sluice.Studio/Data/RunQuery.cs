using System.Text.Json;

namespace Sluice.Studio.Data;

/// <summary>One statement that reads.</summary>
internal sealed record RunQuery
{
    /// <summary>The statement, at most 100 000 characters. Values are written <c>@name</c>.</summary>
    public required string Sql { get; init; }

    /// <summary>The values by name: texts, numbers, true, false or null.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Params { get; init; }

    /// <summary>The most rows, 1 to 10 000. Default: 1000.</summary>
    public int MaxRows { get; init; } = 1000;

    /// <summary>The longest it may run, 1 to 300 seconds. Default: 30.</summary>
    public int TimeoutSeconds { get; init; } = 30;
}
