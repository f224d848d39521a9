using Microsoft.Extensions.AI;
using Sluice.Data;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class CatalogSearchGuideTests
{
    private static readonly DataEnvironment Environment = new()
    {
        TenantId = "acme",
        Catalog = new() { Entries = [new() { Id = "t", ItemType = CatalogItemType.Table, Name = "orders", QualifiedName = "main.orders" }] },
    };

    [Fact]
    public async Task CodeOfThePage_BuildsAnIndexAndChecksIt()
    {
        await using var data = await Environment.OpenAsync([new SqliteDataProvider()]);
        using var console = new StringWriter();

        await CatalogSearchGuide.BuildAsync(data, console);

        console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["1 of 1", "clean"]);
    }

    [Fact]
    public async Task GeneratorOfThePage_IsTaken() => (await CatalogSearchGuide.OpenAsync(Environment, new NoEmbeddings())).ShouldBeTrue();

    private sealed class NoEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new float[] { 1 }))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
