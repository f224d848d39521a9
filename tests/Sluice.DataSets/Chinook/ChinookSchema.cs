using Sluice.Data;

namespace Sluice.DataSets.Chinook;

/// <summary>The tables of the Chinook sample database, as its SQLite file names them.</summary>
public static class ChinookSchema
{
    /// <summary>The tables, in alphabetical order, with the names of their columns; types are left out.</summary>
    public static IReadOnlyList<TableDescription> Tables { get; } =
    [
        Table("Album", "AlbumId Title ArtistId"),
        Table("Artist", "ArtistId Name"),
        Table("Customer", "CustomerId FirstName LastName Company Address City State Country PostalCode Phone Fax Email SupportRepId"),
        Table("Employee", "EmployeeId LastName FirstName Title ReportsTo BirthDate HireDate Address City State Country PostalCode Phone Fax Email"),
        Table("Genre", "GenreId Name"),
        Table("Invoice", "InvoiceId CustomerId InvoiceDate BillingAddress BillingCity BillingState BillingCountry BillingPostalCode Total"),
        Table("InvoiceLine", "InvoiceLineId InvoiceId TrackId UnitPrice Quantity"),
        Table("MediaType", "MediaTypeId Name"),
        Table("Playlist", "PlaylistId Name"),
        Table("PlaylistTrack", "PlaylistId TrackId"),
        Table("Track", "TrackId Name AlbumId MediaTypeId GenreId Composer Milliseconds Bytes UnitPrice"),
    ];

    private static TableDescription Table(string name, string columns) => new()
    {
        Schema = "main",
        Name = name,
        Columns = [.. columns.Split(' ').Select(column => new ColumnDescription { Name = column, DataType = "", IsNullable = true })],
    };
}
