using Inventory;
using Sluice.Data;

namespace Analyst;

/// <summary>A question of somebody's where no model is asked: a script shows what the catalog has on it, and cannot reason about the answer.</summary>
internal static class GivenQuestion
{
    /// <summary>The question with a script that goes as far as the catalog does.</summary>
    public static async Task<Question> OfAsync(string text, OpenDataEnvironment data, CancellationToken cancellationToken)
    {
        var scope = new DataScope(AnalystAgent.Tenant.ResourceId, data.WorkspaceId);
        var found = await data.Search!.SearchAsync(scope, new() { Text = text, Kinds = [CatalogItemType.Table], Limit = 1 }, cancellationToken);
        return new(text, ScriptOf(text, isFound: found.Candidates.Count > 0));
    }

    /// <summary>What a model would do first.</summary>
    public static ScriptTurn Search(string text) => Script.Call(CatalogTools.SearchCatalog, new { query = text, kinds = new[] { "table" }, limit = 5 });

    /// <summary>The whole script, once it is known whether the search finds something.</summary>
    public static Script ScriptOf(string text, bool isFound)
    {
        if (!isFound) return Script.Of(Search(text), Script.Text("The catalog has nothing on it."));
        var table = new { id = Script.Result(1, "/untrustedData/candidates/0/id") };
        return Script.Of(
            Search(text),
            Script.Call(CatalogTools.ListSchemaFields, new { table }),
            Script.Call(CatalogTools.SampleTableData, new { table, limit = 5 }),
            Script.Text("That is what the catalog has on it. With --live a model goes on from there."));
    }
}
