using System.Text.Json.Serialization;

namespace Sluice.Data.Exchange;

/// <summary>What happens while a file is brought into a catalog. A closed set of records with one JSON form, <c>type</c> first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CatalogImportStartedEvent), "started")]
[JsonDerivedType(typeof(CatalogImportProgressEvent), "progress")]
[JsonDerivedType(typeof(CatalogImportCompletedEvent), "completed")]
public abstract record CatalogImportEvent;
