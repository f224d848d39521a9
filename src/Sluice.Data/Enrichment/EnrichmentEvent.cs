using System.Text.Json.Serialization;

namespace Sluice.Data.Enrichment;

/// <summary>Something that happened while a model described a database. A closed set of records with one JSON form, <c>type</c> first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EnrichmentStartedEvent), "enrichment_started")]
[JsonDerivedType(typeof(TableEnrichedEvent), "table_enriched")]
[JsonDerivedType(typeof(EnrichmentSkippedEvent), "table_skipped")]
[JsonDerivedType(typeof(EnrichmentFailedEvent), "table_failed")]
[JsonDerivedType(typeof(EnrichmentCompletedEvent), "completed")]
public abstract record EnrichmentEvent;
