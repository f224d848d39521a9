using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Sluice.Tests.Snippets;

/// <summary>The code of docs/guides/telemetry.md.</summary>
internal static class TelemetryGuide
{
    public static void Listen()
    {
        // snippet: telemetry
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("Sluice")
            .Build(); // .AddOtlpExporter() of OpenTelemetry.Exporter.OpenTelemetryProtocol, or any other

        using var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter("Sluice")
            .Build();
        // end

        _ = (traces, metrics);
    }

    public static SluiceRuntime Capture(RuntimeSpec spec)
    {
        // snippet: telemetry-content
        var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted, CaptureContent = true });
        // end

        return runtime;
    }
}
