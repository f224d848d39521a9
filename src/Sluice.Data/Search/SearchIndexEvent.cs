using System.Text.Json.Serialization;

namespace Sluice.Data.Search;

/// <summary>What happens while an index is brought up to date.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SearchIndexStartedEvent), "started")]
[JsonDerivedType(typeof(SearchIndexProgressEvent), "progress")]
[JsonDerivedType(typeof(SearchIndexCompletedEvent), "completed")]
public abstract record SearchIndexEvent;
