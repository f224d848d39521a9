using System.Text.Json.Serialization;

namespace Sluice.Data.Search;

/// <summary>What happens while an index is brought up to date.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SearchIndexStarted), "started")]
[JsonDerivedType(typeof(SearchIndexProgress), "progress")]
[JsonDerivedType(typeof(SearchIndexCompleted), "completed")]
public abstract record SearchIndexEvent;
