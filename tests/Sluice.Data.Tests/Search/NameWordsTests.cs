using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Tests.Search;

public sealed class NameWordsTests
{
    [Theory]
    [InlineData("order_items", "order items")]
    [InlineData("OrderItems", "order items")]
    [InlineData("HTTPStatus2", "http status 2")]
    [InlineData("customerID", "customer id")]
    [InlineData("ORDER-LINE  no", "order line no")]
    [InlineData("größeÄnderung", "große anderung")]
    [InlineData("__", "")]
    public void Split_OfAName_GivesItsWords(string name, string words) => string.Join(' ', NameWords.Split(name)).ShouldBe(words);

    [Theory]
    [InlineData("orderitems", "order items")]
    [InlineData("purchaseorderline", "purchase order line")]
    [InlineData("orders", "")]
    [InlineData("order", "")]
    [InlineData("orderxitems", "")]
    public void Vocabulary_OfWordsWrittenTogether_TakesThemApart(string word, string parts) =>
        string.Join(' ', new Vocabulary(["order", "items", "purchase", "line"]).Split(word)).ShouldBe(parts);

    [Theory]
    [InlineData("quantities", "qty")]
    [InlineData("warehouse", "whse")]
    [InlineData("shipment", "shpm")]
    [InlineData("customers", "cust")]
    public void Abbreviations_OfAWord_HaveItsUsualForm(string word, string form) => Abbreviations.Of(word).Select(found => found.Form).ShouldContain(form);
}
