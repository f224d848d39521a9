using System.Text.Json.Serialization;

namespace Sluice.Data.Exchange;

/// <summary>What happens while a file is brought into a catalog. A closed set of records with one JSON form, <c>type</c> first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CatalogImportStarted), "started")]
[JsonDerivedType(typeof(CatalogImportProgress), "progress")]
[JsonDerivedType(typeof(CatalogImportCompleted), "completed")]
public abstract record CatalogImportEvent;
