namespace Sluice.Anthropic.Requests;

/// <summary>How a family of models is asked to think.</summary>
internal enum ThinkingForm
{
    /// <summary>It cannot.</summary>
    None,

    /// <summary>Extended thinking: a budget of tokens.</summary>
    Budget,

    /// <summary>Adaptive thinking: an effort.</summary>
    Adaptive,
}
