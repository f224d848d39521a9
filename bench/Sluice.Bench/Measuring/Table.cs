namespace Sluice.Bench.Measuring;

/// <summary>Figures beside their floor, printed as they come.</summary>
internal static class Table
{
    public static void Title(string title, string floor) => Console.WriteLine($"""

        {title}
        floor: {floor}
        {"",-46}{"floor",12}{"sluice",12}{"ratio",8}
        """);

    public static void Costs(string what, Comparison costs)
    {
        Row($"{what}, CPU ns", costs.Floor.CpuNanoseconds, costs.Subject.CpuNanoseconds);
        Row($"{what}, elapsed ns", costs.Floor.ElapsedNanoseconds, costs.Subject.ElapsedNanoseconds);
        Row($"{what}, bytes", costs.Floor.Bytes, costs.Subject.Bytes);
    }

    /// <summary>Costs, and what follows from the elapsed time.</summary>
    public static void Throughput(string what, Comparison costs)
    {
        Costs(what, costs);
        Row($"{what}, per second", 1e9 / costs.Floor.ElapsedNanoseconds, 1e9 / costs.Subject.ElapsedNanoseconds);
    }

    public static void Row(string what, double floor, double subject) => Row(what, floor, subject, subject / floor);

    public static void Row(string what, double floor, double subject, double ratio) =>
        Console.WriteLine($"{what,-46}{floor,12:N0}{subject,12:N0}{ratio,8:0.00}");

    public static void Figure(string what, double value) => Console.WriteLine($"{what,-46}{"",12}{value,12:N0}");

    public static void Ratio(string what, double value) => Console.WriteLine($"{what,-46}{"",24}{value,8:0.00}");
}
