namespace Sluice.Studio.Changes;

/// <summary>Something stands elsewhere than before; whoever shows it reads it again.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands now; <c>removed</c>: it is gone.</param>
internal sealed record Change(ChangeKind Kind, string Id, string State);
