using Sluice.Data.Tests.Knowledge;

namespace Sluice.Data.Tests.Toolkit;

public sealed class DocumentToolTests
{
    [Fact]
    public async Task Part_PageByPage_IsItsStretchOfTheDocument()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("handbook.md", Texts.Handbook);
        await desk.IngestAsync();
        var whole = "";
        var parts = (await desk.EntriesAsync()).Where(entry => entry.Id.Contains('#', StringComparison.Ordinal)).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToArray();
        parts.Select(part => part.QualifiedName).ShouldBe(["handbook.md#1", "handbook.md#Orders", "handbook.md#Discounts", "handbook.md#Products"]);
        foreach (var part in parts)
        {
            var read = "";
            for (int? offset = 0; offset is not null;)
            {
                var page = await desk.Desk.CallAsync("get_document", new { id = part.Id, offset, limit = 1000 });
                var (document, text) = (page.GetProperty("document"), page.GetProperty("untrustedData").GetString()!);
                (document.GetProperty("id").GetString(), document.GetProperty("total").GetInt32()).ShouldBe(("document:shop:handbook.md", Texts.Handbook.Length));
                Texts.Handbook[(document.GetProperty("offset").GetInt32() + page.GetProperty("offset").GetInt32())..].ShouldStartWith(text);
                read += text;
                offset = page.TryGetProperty("nextOffset", out var next) ? next.GetInt32() : null;
                if (offset is null) page.GetProperty("total").GetInt32().ShouldBe(read.Length);
            }

            read.TrimEnd().ShouldBe(part.Content);
            whole += read;
        }

        Texts.Handbook.ShouldEndWith(whole);
    }

    [Theory]
    [InlineData("returns.md", "Did you mean 'document:shop:policies/returns.md'?")]
    [InlineData("document:shop:policies/retruns.md", "Did you mean 'document:shop:policies/returns.md'?")]
    [InlineData("document:shop:policies/returns.md#7", "Did you mean 'document:shop:policies/returns.md'?")]
    [InlineData("document:other:retuns.md", "Did you mean 'document:shop:policies/returns.md'?")]
    [InlineData("document:shop:policies", "Did you mean 'document:shop:policies/discounts.md' or 'document:shop:policies/returns.md'?")]
    [InlineData("something else entirely", "Pass the id of a catalog entry of type document.")]
    [InlineData(":", "Pass the id of a catalog entry of type document.")]
    [InlineData("#", "Pass the id of a catalog entry of type document.")]
    public async Task Document_ThatIsUnknown_IsToldTheNearest(string id, string hint)
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("policies/returns.md", Texts.Returns);
        desk.Write("policies/discounts.md", "No discount is larger than 30 percent.");
        await desk.IngestAsync();

        var (code, message) = await desk.Desk.FailAsync("get_document", new { id });

        code.ShouldBe(ErrorCodes.UnknownCatalogEntry);
        message.ShouldBe($"There is no document '{id}'. {hint}");
    }
}
