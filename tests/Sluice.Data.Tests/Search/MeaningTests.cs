using Microsoft.Extensions.AI;
using Sluice.Sqlite.Search;
using static Sluice.Data.Tests.Search.SearchDesk;

namespace Sluice.Data.Tests.Search;

/// <summary>Search with an embedding generator: here one that knows two subjects and says of each text how much it has of them.</summary>
public sealed class MeaningTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-meaning-").FullName;
    private readonly TwoSubjects _generator = new();
    private OpenDataEnvironment? _data;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_data is not null) await _data.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Search_WithAGenerator_FindsWhatIsMeantAlikeAndKeepsWhatIsCalledAlike()
    {
        _data = await OpenAsync([Metric("meals"), Metric("dogs"), Metric("walks")]);

        var found = (await SearchAsync(_data, new() { Text = "cats", Kinds = [CatalogItemType.Metric] })).Candidates;
        found[0].Entry.Name.ShouldBe("dogs");
        found[0].Reasons.ShouldContain("similar meaning");
        (await FindAsync(_data, "m.meals", CatalogItemType.Metric))[0].ShouldBe("m.meals");
    }

    [Fact]
    public async Task Sync_OfWhatDidNotChange_AsksNothingAgain()
    {
        _data = await OpenAsync([Metric("meals"), Metric("dogs")]);
        await CompleteAsync(_data.Search!.SyncAsync(Scope, Token));
        _generator.Asked.ShouldBe(2);

        await CompleteAsync(_data.Search.SyncAsync(Scope, Token));
        _generator.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Search_WhoseGeneratorFails_SaysSo()
    {
        _data = await OpenAsync([Metric("meals")]);
        await FindAsync(_data, "meals", CatalogItemType.Metric);
        _generator.IsFailing = true;
        (await Should.ThrowAsync<SluiceException>(() => FindAsync(_data, "meals", CatalogItemType.Metric))).Code.ShouldBe(ErrorCodes.ProviderFailed);
    }

    [Fact]
    public async Task FindNearest_ByVectors_KeepsToScopeFiltersAndLength()
    {
        await using var index = SqliteSearchIndex.Open(null);
        SearchDocument Document(string id, CatalogItemType type) => new() { Id = id, ItemType = type, EntryName = id, QualifiedName = id, Name = id, Hash = "h" };
        await index.PutAsync(Scope, [Document("a", CatalogItemType.Table), Document("b", CatalogItemType.Table), Document("c", CatalogItemType.Column), Document("d", CatalogItemType.Table)], Token);
        await index.PutVectorsAsync(
            Scope, [Vector("a", 1, 0), Vector("b", 10, 10), Vector("c", 0, 1), Vector("d", 1, 1, 1), Vector("missing", 1, 1)], Token);

        async Task<string[]> FindAsync(DataScope scope, params CatalogItemType[] types) =>
            [.. (await index.FindNearestAsync(scope, new float[] { 0, 2 }, new() { Terms = [], ItemTypes = types, Limit = 2 }, Token)).Select(hit => hit.Id)];
        (await FindAsync(Scope)).ShouldBe(["c", "b"]);
        (await FindAsync(Scope, CatalogItemType.Table)).ShouldBe(["b", "a"]);
        (await FindAsync(new("other"))).ShouldBeEmpty();
        (await index.ReadVectorHashesAsync(Scope, ["a", "missing", "d"], Token)).Keys.ShouldBe(["a", "d"], ignoreOrder: true);

        await index.PutAsync(Scope, [Document("a", CatalogItemType.Table)], Token);
        (await index.ReadVectorHashesAsync(Scope, ["a"], Token)).ShouldBeEmpty();
    }

    private Task<OpenDataEnvironment> OpenAsync(IReadOnlyList<CatalogEntry> entries) =>
        new DataEnvironment { TenantId = "acme", Catalog = new() { Entries = entries }, CatalogSearch = new() { IndexPath = Path.Combine(_folder, "index.db") } }
            .OpenAsync([new SqliteDataProvider()], new() { EmbeddingGenerator = _generator }, Token);

    private static CatalogEntry Metric(string name) => new() { Id = name, ItemType = CatalogItemType.Metric, Name = name, QualifiedName = $"m.{name}" };

    private static SearchVector Vector(string id, params float[] values) => new() { Id = id, Hash = "v", Values = values };

    private sealed class TwoSubjects : IEmbeddingGenerator<string, Embedding<float>>
    {
        public bool IsFailing { get; set; }

        public int Asked { get; private set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (IsFailing) throw new HttpRequestException("The model is away.");
            var made = values.Select(text => new Embedding<float>(new float[] { text.Contains("dog") || text.Contains("cat") ? 1 : 0, text.Contains("meal") ? 1 : 0.1f })).ToArray();
            Asked += made.Length;
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(made));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
