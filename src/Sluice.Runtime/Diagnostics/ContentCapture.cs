namespace Sluice.Runtime.Diagnostics;

/// <summary>Whether content is recorded: only where somebody said so.</summary>
internal static class ContentCapture
{
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public static bool IsOn(RuntimeOptions options) =>
        options.CaptureContent || string.Equals(Environment.GetEnvironmentVariable(Variable), "true", StringComparison.OrdinalIgnoreCase);
}
