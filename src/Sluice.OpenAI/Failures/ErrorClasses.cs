namespace Sluice.OpenAI.Failures;

/// <summary>What the classes and codes of the protocol's errors mean, where they say more than the status.</summary>
internal static class ErrorClasses
{
    /// <summary>Our code; null: the status decides.</summary>
    public static string? CodeOf(ErrorBody error)
    {
        if (IsTooLong(error)) return ErrorCodes.ContextTooLong;
        if (IsQuota(error)) return ErrorCodes.ProviderRejected;
        return CodeOf(error.Code) ?? CodeOf(error.Type);
    }

    /// <summary>What to do, as the end of a message; empty when the provider's own text is enough.</summary>
    public static string WayOut(string code, ErrorBody error)
    {
        if (IsQuota(error)) return " Waiting does not help: the account has no quota left. Check its plan and billing.";
        return code switch
        {
            ErrorCodes.ProviderAuth => " Check the key, and that it may use the model.",
            ErrorCodes.ContextTooLong => " Send less: shorter history, smaller results, or a model with a longer context.",
            _ => "",
        };
    }

    private static bool IsTooLong(ErrorBody error) =>
        error.Code == "context_length_exceeded" || error.Type == "exceed_context_size_error"
        || error.Message?.Contains("maximum context length", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsQuota(ErrorBody error) => IsQuota(error.Code) || IsQuota(error.Type);

    private static bool IsQuota(string? name) => name is "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active";

    private static string? CodeOf(string? name) => name switch
    {
        "rate_limit_exceeded" or "rate_limit_error" => ErrorCodes.ProviderRateLimited,
        "overloaded_error" or "engine_overloaded" or "server_is_overloaded" => ErrorCodes.ProviderOverloaded,
        "authentication_error" or "invalid_api_key" or "permission_error" => ErrorCodes.ProviderAuth,
        "model_not_found" => ErrorCodes.ProviderRejected,
        _ => null,
    };
}
