//! The sizes of tasks that Fargate has.

use std::ops::RangeInclusive;

/// The memory that one CPU size can have.
#[derive(Debug)]
pub(super) struct CpuSize {
    /// CPU units.
    pub(super) cpu: i64,
    memory: Memory,
    /// Whether Windows has it too.
    pub(super) windows: bool,
}

#[derive(Debug)]
enum Memory {
    OneOf(&'static [i64]),
    Steps(RangeInclusive<i64>, i64),
}

/// Source: ECS: "Task definition differences for Fargate", task CPU and memory (in MiB).
pub(super) const SIZES: [CpuSize; 8] = [
    size(256, Memory::OneOf(&[512, 1024, 2048]), false),
    size(512, Memory::Steps(1024..=4096, 1024), false),
    size(1024, Memory::Steps(2048..=8192, 1024), true),
    size(2048, Memory::Steps(4096..=16_384, 1024), true),
    size(4096, Memory::Steps(8192..=30_720, 1024), true),
    size(8192, Memory::Steps(16_384..=61_440, 4096), false),
    size(16_384, Memory::Steps(32_768..=122_880, 8192), false),
    size(32_768, Memory::OneOf(&[61_440, 122_880, 249_856]), false),
];

const fn size(cpu: i64, memory: Memory, windows: bool) -> CpuSize {
    CpuSize {
        cpu,
        memory,
        windows,
    }
}

impl CpuSize {
    /// The size with so many CPU units.
    pub(super) fn of(cpu: i64) -> Option<&'static Self> {
        SIZES.iter().find(|size| size.cpu == cpu)
    }

    /// Whether it can have so much memory.
    pub(super) fn has_memory(&self, mib: i64) -> bool {
        match &self.memory {
            Memory::OneOf(sizes) => sizes.contains(&mib),
            Memory::Steps(range, step) => range.contains(&mib) && (mib - range.start()) % step == 0,
        }
    }

    /// The memory that it can have, in words.
    pub(super) fn memory_in_words(&self) -> String {
        match &self.memory {
            Memory::OneOf(sizes) => {
                let sizes: Vec<_> = sizes.iter().map(i64::to_string).collect();
                sizes.join(", ")
            }
            Memory::Steps(range, step) => {
                format!("{} to {} in steps of {step}", range.start(), range.end())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cpu_size_has_the_published_number_of_memory_sizes() {
        let counts = SIZES.map(|size| (0..=262_144).filter(|mib| size.has_memory(*mib)).count());
        assert_eq!(counts, [3, 4, 7, 13, 23, 12, 12, 3]);
    }
}
