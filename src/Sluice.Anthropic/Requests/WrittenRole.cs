namespace Sluice.Anthropic.Requests;

/// <summary>Where a message goes in a request.</summary>
internal enum WrittenRole
{
    System,
    User,
    Assistant,
}
