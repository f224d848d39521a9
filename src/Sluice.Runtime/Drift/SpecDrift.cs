namespace Sluice;

/// <summary>What happens when a run is resumed under another spec than it was begun with.</summary>
public enum SpecDrift
{
    /// <summary>It is refused (<c>spec_changed</c>), and the error says what changed.</summary>
    Refuse,

    /// <summary>The run goes on under the spec of now, which is recorded. What was recorded before stays as it is.</summary>
    Accept,
}
