using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Sluice.Runtime.Tests.Diagnostics;

/// <summary>Everything that is emitted while it lives, as the OpenTelemetry SDK exports it.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly List<Metric> _metrics = [];
    private readonly TracerProvider _tracer;
    private readonly MeterProvider _meter;

    public Telemetry()
    {
        _tracer = Sdk.CreateTracerProviderBuilder().AddSource("Sluice").AddInMemoryExporter(_spans).Build();
        _meter = Sdk.CreateMeterProviderBuilder().AddMeter("Sluice").AddInMemoryExporter(_metrics).Build();
    }

    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_spans) return [.. _spans];
        }
    }

    public Activity Span(string name) => Spans.First(span => span.DisplayName == name);

    /// <summary>The spans by name, each under its parent, in the order in which they began.</summary>
    public string Tree()
    {
        var lines = new List<string>();
        var spans = Spans.OrderBy(span => span.StartTimeUtc).ToList();
        Add(spans.Where(span => spans.TrueForAll(other => other.SpanId != span.ParentSpanId)), "");
        return string.Join('\n', lines);

        void Add(IEnumerable<Activity> level, string indent)
        {
            foreach (var span in level)
            {
                lines.Add(indent + span.DisplayName);
                Add(spans.Where(child => child.ParentSpanId == span.SpanId), indent + "  ");
            }
        }
    }

    /// <summary>Everything of every span that a reader of traces could see.</summary>
    public string AllText() => string.Join('\n', Spans.SelectMany(span => (string?[])
    [
        span.DisplayName, span.StatusDescription,
        .. span.TagObjects.Select(tag => $"{tag.Key}={(tag.Value is string[] many ? string.Join(',', many) : tag.Value)}"),
        .. span.Events.Select(happened => $"{happened.Name} {string.Join(',', happened.Tags)}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
    ]));

    /// <summary>The points of a histogram: their tags, sorted, and sums.</summary>
    public IReadOnlyList<(string Tags, double Sum, long Count, double[] Bounds)> Points(string metric)
    {
        _meter.ForceFlush();
        var points = new List<(string, double, long, double[])>();
        // A metric is exported at every flush; the last export has everything.
        foreach (ref readonly var point in _metrics.Last(exported => exported.Name == metric).GetMetricPoints())
        {
            var tags = new SortedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in point.Tags) tags[name] = value;
            var bounds = new List<double>();
            foreach (var bucket in point.GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
            points.Add((string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}")), point.GetHistogramSum(), point.GetHistogramCount(), [.. bounds]));
        }

        return points;
    }

    public bool Has(string metric)
    {
        _meter.ForceFlush();
        return _metrics.Exists(exported => exported.Name == metric);
    }

    public void Dispose()
    {
        _tracer.Dispose();
        _meter.Dispose();
    }
}
