using System.Text.Json;

namespace Sluice.Data.Tests.Exchange;

/// <summary>Entries with texts of every kind, for laws that hold whatever is in them. The same seed gives the same entries.</summary>
internal sealed class GeneratedEntries(int seed)
{
    private static readonly string[] Pieces = ["a", "B", "é", "ß", "日", "\U0001F600", "\uFFFD", "\uE000", " ", ".", "\"", "\\", "\n", "\u2028", "<", "'", "%", "0"];
    private static readonly string[] Json = ["null", "1", "1.0", "1e3", "-0.5", "9007199254740993", "true", "\"\\u0041\"", "[]", "{\"b\":1,\"a\":[2.50]}", "\"日\""];

    // Deterministic, so that a failure names its seed.
    private readonly Random _random = new(seed);

    public IReadOnlyList<CatalogEntry> Take(int count) => [.. Enumerable.Range(0, count).Select(Entry)];

    private CatalogEntry Entry(int number) => new()
    {
        Id = $"{number}:{Text()}",
        ItemType = Pick(Enum.GetValues<CatalogItemType>()),
        Name = $"n{Text()}",
        QualifiedName = $"q{Text()}",
        Content = Text(),
        Tags = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Text())],
        Related = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new CatalogReference(Text(), Text()))],
        Metadata = new()
        {
            DatabaseId = Maybe(Text()),
            TableName = Maybe(Text()),
            Nullable = _random.Next(2) == 0 ? null : true,
            PrimaryKey = _random.Next(2) == 0 ? null : [],
            RowCount = _random.Next(2) == 0 ? null : _random.NextInt64(),
            Profile = _random.Next(2) == 0 ? null : JsonElement.Parse(Pick(Json)),
            Extra = Enumerable.Range(0, _random.Next(4)).Select(i => (Key: $"{i}:{Text()}", Value: Pick(Json))).ToDictionary(pair => pair.Key, pair => JsonElement.Parse(pair.Value)),
        },
    };

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => Pick(Pieces)));

    private string? Maybe(string text) => _random.Next(2) == 0 ? null : text;

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
