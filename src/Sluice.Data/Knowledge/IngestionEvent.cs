using System.Text.Json.Serialization;

namespace Sluice.Data.Knowledge;

/// <summary>Something that happened while documents were ingested. A closed set of records with one JSON form, <c>type</c> first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IngestionStartedEvent), "ingestion_started")]
[JsonDerivedType(typeof(DocumentIngestedEvent), "document_ingested")]
[JsonDerivedType(typeof(DocumentUnchangedEvent), "document_unchanged")]
[JsonDerivedType(typeof(DocumentSkippedEvent), "document_skipped")]
[JsonDerivedType(typeof(DocumentRemovedEvent), "document_removed")]
[JsonDerivedType(typeof(DocumentFailedEvent), "document_failed")]
[JsonDerivedType(typeof(IngestionCompletedEvent), "completed")]
public abstract record IngestionEvent;
