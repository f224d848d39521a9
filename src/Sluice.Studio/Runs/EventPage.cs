using System.Text.Json.Serialization;

namespace Sluice.Studio.Runs;

/// <summary>Events of a run that are recorded.</summary>
/// <param name="Events">In order, after the sequence that was asked for.</param>
/// <param name="LastSequence">The sequence of the run's last event that is recorded; 0: none.</param>
/// <param name="State">Where the run stood then.</param>
internal sealed record EventPage([property: JsonConverter(typeof(EventListConverter))] IReadOnlyList<RuntimeEvent> Events, long LastSequence, RunState State);
