namespace Inventory;

/// <summary>The tools of the toolkit <c>catalog</c> that scripts call and the account tells of.</summary>
internal static class CatalogTools
{
    public const string ListSchemaFields = "list_schema_fields";
    public const string GetRelationPaths = "get_relation_paths_between";
    public const string SampleTableData = "sample_table_data";
    public const string ExecuteQuery = "execute_query";
    public const string GetDocument = "get_document";
    public const string SearchCatalog = "search_catalog";
    public const string GetCatalogEntities = "get_catalog_entities";

    /// <summary>A table as these tools take it.</summary>
    /// <param name="qualifiedName">Its name with its schema, such as "main.sales", or what a script puts in its place.</param>
    public static object Table(object qualifiedName) => new { qualifiedName };
}
