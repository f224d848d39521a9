namespace Sluice.Studio.Errors;

/// <summary>Codes of errors that are Studio's own.</summary>
internal static class StudioErrorCodes
{
    /// <summary>There is no such thing.</summary>
    public const string NotFound = "not_found";

    /// <summary>The app has no such workspace.</summary>
    public const string UnknownWorkspace = "unknown_workspace";

    /// <summary>What is to be changed has been changed since it was read.</summary>
    public const string Conflict = "conflict";

    /// <summary>A part of a request has a form or range that is not allowed.</summary>
    public const string InvalidRequest = "invalid_request";
}
