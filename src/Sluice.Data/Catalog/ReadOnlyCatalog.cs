namespace Sluice.Data.Catalog;

internal static class ReadOnlyCatalog
{
    public static SluiceException Refusal(ICatalogStore catalog) => Refusal(catalog switch
    {
        EmptyCatalogStore => "empty",
        InlineCatalogStore => "inline",
        _ => "given",
    });

    public static SluiceException Refusal(string kind) => new(
        ErrorCodes.CatalogReadOnly, $"The {kind} catalog can only be read. Configure a catalog of kind 'sqlite' or 'postgres' to write entries.");
}
