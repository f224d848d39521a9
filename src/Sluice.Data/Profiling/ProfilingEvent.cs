using System.Text.Json.Serialization;

namespace Sluice.Data.Profiling;

/// <summary>Something that happened while a database was profiled. A closed set of sealed records with one JSON form, <c>type</c> first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ProfilingStartedEvent), "profiling_started")]
[JsonDerivedType(typeof(TableStartedEvent), "table_started")]
[JsonDerivedType(typeof(TableProfiledEvent), "table_profiled")]
[JsonDerivedType(typeof(TableSkippedEvent), "table_skipped")]
[JsonDerivedType(typeof(TableFailedEvent), "table_failed")]
[JsonDerivedType(typeof(RelationsInferredEvent), "relations_inferred")]
[JsonDerivedType(typeof(ProfilingCompletedEvent), "completed")]
public abstract record ProfilingEvent;
